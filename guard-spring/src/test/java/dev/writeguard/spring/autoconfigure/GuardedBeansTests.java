package dev.writeguard.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.annotation.Guarded;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.spring.rule.InvalidRulesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.interceptor.SimpleTraceInterceptor;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.RepositoryDefinition;

/** Beans that are {@code @Guarded}, though nothing intercepts them. */
@ExtendWith(OutputCaptureExtension.class)
class GuardedBeansTests {

    private static final String FAULT = "it is no repository, and nothing is done for its methods";

    private final ApplicationContextRunner contexts = Contexts.bare();

    @Guarded
    static class Sync {}

    static class NightlySync extends Sync {}

    @Guarded
    interface Booking {
        void book();
    }

    static class RoomBooking implements Booking {
        @Override
        public void book() {}
    }

    interface Ledger {
        void post();
    }

    @Guarded
    static class BookedLedger implements Ledger {
        @Override
        public void post() {}
    }

    @Guarded
    interface Cards extends Repository<String, Long> {}

    @Guarded
    @RepositoryDefinition(domainClass = String.class, idClass = Long.class)
    interface Labels {}

    /** Calls a guarded one, say. */
    static class CachedCards implements Cards {}

    static class CachedLabels implements Labels {}

    /** As mocks have the annotations of what they mock. */
    @Guarded
    static class MockedCards implements Cards {}

    @Guarded
    interface Marker {}

    static class MarkedCards implements Marker, Repository<String, Long> {}

    @Guarded
    static class Late {
        Late() {
            throw new IllegalStateException("nobody has asked for it");
        }
    }

    static class LateFactory implements FactoryBean<Late> {
        LateFactory() {
            throw new IllegalStateException("nobody has asked for it");
        }

        @Override
        public Late getObject() {
            return new Late();
        }

        @Override
        public Class<?> getObjectType() {
            return Late.class;
        }
    }

    @Test
    void areRefusedByClassAndBean() {
        assertThat(refused(contexts.withBean("sync", Sync.class).withBean("nightly", NightlySync.class)))
                .containsExactly("@Guarded GuardedBeansTests.Sync of the bean 'nightly', 'sync'");
    }

    @Test
    void areRefusedWhereTheirInterfaceHasTheAnnotation() {
        assertThat(refused(contexts.withBean("booking", RoomBooking.class)))
                .containsExactly("@Guarded GuardedBeansTests.Booking of the bean 'booking'");
    }

    @Test
    void areRefusedBehindTheProxyOfAnInterface() {
        assertThat(refused(contexts.withUserConfiguration(Proxies.class)))
                .containsExactly("@Guarded GuardedBeansTests.BookedLedger of the bean 'ledger'");
    }

    @Test
    void areRefusedWithoutBeingMade() {
        assertThat(refused(contexts.withUserConfiguration(LateBeans.class)))
                .containsExactly("@Guarded GuardedBeansTests.Late of the bean 'late', 'made'");
    }

    @Test
    void areAcceptedIfTheyImplementAGuardedRepository() {
        contexts.withBean(CachedCards.class)
                .withBean(CachedLabels.class)
                .withBean(MockedCards.class)
                .withBean(MarkedCards.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void areWarnedOfWhereTheStartIsNotToFail(CapturedOutput output) {
        contexts.withBean("sync", Sync.class)
                .withPropertyValues("guard.startup-check=warn")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("@Guarded GuardedBeansTests.Sync of the bean 'sync': " + FAULT);
    }

    private static List<String> refused(ApplicationContextRunner contexts) {
        var refused = new ArrayList<String>();
        contexts.run(context -> {
            assertThat(context).hasFailed();
            var invalid = (InvalidRulesException) Objects.requireNonNull(context.getStartupFailure());
            invalid.rules().forEach(found -> {
                assertThat(found.faults()).extracting(RuleFault::fault).containsExactly(FAULT);
                refused.add(found.rule());
            });
        });
        return refused;
    }

    @Configuration(proxyBeanMethods = false)
    static class Proxies {

        @Bean
        static DefaultAdvisorAutoProxyCreator proxies() {
            var creator = new DefaultAdvisorAutoProxyCreator();
            creator.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return creator;
        }

        @Bean
        static NameMatchMethodPointcutAdvisor advisor() {
            var advisor = new NameMatchMethodPointcutAdvisor(new SimpleTraceInterceptor());
            advisor.setMappedName("post");
            return advisor;
        }

        @Bean
        Ledger ledger() {
            return new BookedLedger();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LateBeans {

        @Bean
        @Lazy
        Late late() {
            return new Late();
        }

        @Bean
        @Lazy
        LateFactory made() {
            return new LateFactory();
        }
    }
}
