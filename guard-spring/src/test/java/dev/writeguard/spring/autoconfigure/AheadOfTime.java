package dev.writeguard.spring.autoconfigure;

import dev.writeguard.testkit.Database;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.aot.AotDetector;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.TestCompiler;

/** Generates an application's code ahead of time, as Boot does when it is built, compiles it and runs it. */
public final class AheadOfTime {

    private AheadOfTime() {}

    /**
     * Lets the application be looked at where it runs: with {@code guard.mode=off}, which it had not when it was built.
     *
     * @return the names of the generated sources
     */
    public static Set<String> generatedAndRun(
            Class<?> configuration, Database database, Consumer<GenericApplicationContext> check) {
        var generation = new TestGenerationContext();
        try (var context = new AnnotationConfigApplicationContext()) {
            context.register(configuration);
            TestPropertyValues.of("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/not-there")
                    .applyTo(context);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            System.setProperty(AotDetector.AOT_ENABLED, "true");
            try (var context = new GenericApplicationContext()) {
                TestPropertyValues.of(
                                "spring.datasource.url=" + database.url(),
                                "spring.datasource.hikari.maximum-pool-size=2",
                                "guard.mode=off")
                        .applyTo(context);
                initializer(compiled.getInstance(ApplicationContextInitializer.class))
                        .initialize(context);
                context.refresh();
                check.accept(context);
            } finally {
                System.clearProperty(AotDetector.AOT_ENABLED);
            }
        });
        return generation.getGeneratedFiles().getGeneratedFiles(Kind.SOURCE).keySet();
    }

    @SuppressWarnings("unchecked") // generated for a context of this kind
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(
            ApplicationContextInitializer<?> generated) {
        return (ApplicationContextInitializer<GenericApplicationContext>) generated;
    }
}
