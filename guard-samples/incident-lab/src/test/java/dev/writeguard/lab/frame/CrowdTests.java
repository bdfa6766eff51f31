package dev.writeguard.lab.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrowdTests {

    @ParameterizedTest
    @EnumSource(Start.class)
    void givesEachWriteAThreadOfItsOwn(Start start) {
        CountDownLatch all = new CountDownLatch(50);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        List<Attempt> attempts = Crowd.run(start, Collections.nCopies(50, () -> {
            threads.add(Thread.currentThread());
            all.countDown();
            awaitAll(all);
        }));

        assertThat(attempts).hasSize(50).allMatch(attempt -> attempt.answer().equals(Answer.OK));
        assertThat(threads).hasSize(50);
    }

    @Test
    void keepsTheAnswersInTheOrderOfTheWrites() {
        Runnable fails = () -> {
            throw new IllegalStateException(new SQLException("taken", "23505"));
        };

        List<Attempt> attempts =
                Crowd.run(Start.TOGETHER, Stream.of(() -> {}, fails, () -> {}).toList());

        assertThat(attempts).extracting(attempt -> attempt.answer().sqlState()).containsExactly(null, "23505", null);
    }

    private static void awaitAll(CountDownLatch all) {
        try {
            all.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
