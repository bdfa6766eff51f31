package dev.writeguard.lab.frame;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Reads Guard's meters. */
@Component
public final class MeterWatch {

    private final MeterRegistry registry;

    MeterWatch(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What they count now. */
    public Map<Meter.Id, Long> read() {
        Map<Meter.Id, Long> counts = new LinkedHashMap<>();
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("guard."))
                .forEach(meter -> counts.put(meter.getId(), count(meter)));
        return counts;
    }

    /** What has moved since. */
    public List<MeterMove> since(Map<Meter.Id, Long> before) {
        return read().entrySet().stream()
                .map(now -> move(now.getKey(), now.getValue() - before.getOrDefault(now.getKey(), 0L)))
                .filter(move -> move.by() != 0)
                .toList();
    }

    private static MeterMove move(Meter.Id meter, long by) {
        String tags = meter.getTags().stream()
                .map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "));
        return new MeterMove(meter.getName(), tags, by);
    }

    private static long count(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measurement -> measurement.getStatistic() == Statistic.COUNT)
                .mapToLong(measurement -> (long) measurement.getValue())
                .sum();
    }
}
