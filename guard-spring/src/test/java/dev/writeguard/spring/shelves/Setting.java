package dev.writeguard.spring.shelves;

import dev.writeguard.spring.door.DoorApplication;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.stream.Stream;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Of what transaction the write is part. */
enum Setting {

    /** One that was there before, with the context of all that is done in it. */
    JOINED {
        @Override
        void play(Cell cell, DoorApplication application, Play play) {
            application.inTransaction(entities -> {
                Scene scene = new Scene(application, entities, cell.books());
                play.prepare(scene);
                play.carry(entities);
                application.statements().clear();
                Book written = play.write(scene, false);
                entities.flush();
                play.look(written, entities);
            });
        }
    },

    /** The repository's own, with what a context that is closed has left. */
    OWN {
        @Override
        boolean isPossible(Cell cell) {
            return cell.path().isPossibleAlone()
                    && !cell.path().needsContext()
                    && !cell.carrier().isOfContext();
        }

        @Override
        void play(Cell cell, DoorApplication application, Play play) {
            application.inTransaction(play::carry);
            application.statements().clear();
            Scene scene = new Scene(application, application.bean(EntityManager.class), cell.books());
            play.look(play.write(scene, true));
        }
    },

    /** The repository's own, on an EntityManager that was bound before and lives on, as with open-in-view. */
    OWN_IN_BOUND_CONTEXT {
        @Override
        boolean isPossible(Cell cell) {
            return cell.path().isPossibleAlone() && !cell.isWithoutIdBeforeFlush();
        }

        @Override
        void play(Cell cell, DoorApplication application, Play play) {
            EntityManagerFactory factory = application.bean(EntityManagerFactory.class);
            try (EntityManager bound = factory.createEntityManager()) {
                TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(bound));
                Scene scene = new Scene(application, bound, cell.books());
                application.inTransaction(entities -> play.prepare(scene));
                play.carry(bound);
                application.statements().clear();
                play.look(play.write(scene, true), bound);
            } finally {
                TransactionSynchronizationManager.unbindResource(factory);
            }
        }
    };

    /** One cell, step by step. */
    interface Play {

        void prepare(Scene scene);

        void carry(EntityManager entities);

        Book write(Scene scene, boolean alone);

        /** What was sent, and what became of the instances. */
        void look(Book written);

        /** The same where the context is still there. */
        void look(Book written, EntityManager entities);
    }

    boolean isPossible(Cell cell) {
        return true;
    }

    abstract void play(Cell cell, DoorApplication application, Play play);

    Stream<Cell> cells() {
        return Cell.all().filter(this::isPossible);
    }
}
