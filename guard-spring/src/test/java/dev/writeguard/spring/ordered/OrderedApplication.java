package dev.writeguard.spring.ordered;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.Guarded;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.spring.door.DoorApplication;
import dev.writeguard.testkit.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/** The application of these entities. Hibernate creates their tables. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = OrderedApplication.class)
@EnableJpaRepositories(considerNestedRepositories = true)
class OrderedApplication {

    static DoorApplication on(Database database) {
        return DoorApplication.withTables(OrderedApplication.class, database);
    }

    @Entity(name = "Account")
    static class Account {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        String name = "";

        Account() {}

        Account(long id) {
            this.id = id;
            this.name = "account " + id;
        }
    }

    @Entity(name = "Ledger")
    static class Ledger {
        @Id
        long id;

        @Version
        @Nullable
        Integer version;

        Ledger() {}

        Ledger(long id) {
            this.id = id;
        }
    }

    /** Two parents of one table, both written into. */
    @Entity(name = "Transfer")
    static class Transfer {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Account source;

        @ManyToOne
        @EnsuredParent(onExisting = OnExisting.TOUCH)
        @Nullable
        Account target;

        Transfer() {}

        Transfer(Account source, Account target) {
            this.source = source;
            this.target = target;
        }
    }

    @Guarded
    interface TransferRepository extends JpaRepository<Transfer, Long> {

        @Modifying
        @Transactional
        @Query(
                nativeQuery = true,
                value = "INSERT INTO transfer (id, source_id, target_id) VALUES (:id, :source, :target)")
        @EnsuredParent(attribute = "source", key = "source", onExisting = OnExisting.TOUCH)
        @EnsuredParent(attribute = "target", key = "target", onExisting = OnExisting.TOUCH)
        void insert(@Param("id") long id, @Param("source") long source, @Param("target") long target);
    }

    /** Attributes in the order of their tables. */
    @Entity(name = "Entry")
    static class Entry {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Account a;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Ledger b;
    }

    /** Attributes in the other order, and one parent that is compared. */
    @Entity(name = "Remark")
    static class Remark {
        @Id
        @GeneratedValue
        @Nullable
        Long id;

        @ManyToOne
        @EnsuredParent
        @Nullable
        Ledger a;

        @ManyToOne
        @EnsuredParent(match = "name")
        @Nullable
        Account b;
    }
}
