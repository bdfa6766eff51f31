package dev.writeguard.lab.frame;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How a crowd sets off once all of its threads are there. */
public enum Start {
    /** All in the same moment: whoever looks before it creates sees what all others see. */
    TOGETHER {
        @Override
        Runnable line(int threads) {
            AtomicInteger missing = new AtomicInteger(threads);
            return () -> {
                missing.decrementAndGet();
                while (missing.get() > 0) {
                    LockSupport.parkNanos(1);
                }
            };
        }
    },
    /** One close behind the other, as a barrier wakes its threads: what others do meanwhile hits them at all stages. */
    IN_QUICK_SUCCESSION {
        @Override
        Runnable line(int threads) {
            CyclicBarrier barrier = new CyclicBarrier(threads);
            return () -> {
                try {
                    barrier.await();
                } catch (InterruptedException | BrokenBarrierException broken) {
                    throw new IllegalStateException("The start was interrupted", broken);
                }
            };
        }
    };

    /** What each of so many threads calls before it starts. */
    abstract Runnable line(int threads);
}
