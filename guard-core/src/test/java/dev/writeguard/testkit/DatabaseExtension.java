package dev.writeguard.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Creates the {@link Database} of a test class that has {@link Schema}, hands it out as a parameter, closes the test's
 * connections after each test and drops the database with the class.
 */
public final class DatabaseExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(DatabaseExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        database(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        database(context).endTest();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return database(context);
    }

    private static Database database(ExtensionContext context) {
        Class<?> testClass = outermost(context.getRequiredTestClass());
        // The store closes the database, being AutoCloseable, when the context of the outermost class ends.
        return outermost(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        testClass, type -> Database.create(type.getSimpleName(), schemaOf(type)), Database.class);
    }

    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext found = context;
        Optional<ExtensionContext> parent = context.getParent();
        while (parent.isPresent() && parent.get().getTestClass().isPresent()) {
            found = parent.get();
            parent = found.getParent();
        }
        return found;
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type : outermost(outer);
    }

    private static String schemaOf(Class<?> testClass) {
        String schema = AnnotationSupport.findAnnotation(testClass, Schema.class)
                .orElseThrow(() -> new ExtensionConfigurationException(testClass.getName() + " has no @Schema"))
                .value();
        return schema.endsWith(".sql") ? resource(testClass, schema) : schema;
    }

    private static String resource(Class<?> testClass, String name) {
        try (InputStream stream = testClass.getResourceAsStream(name)) {
            if (stream == null) {
                throw new ExtensionConfigurationException("No class path resource " + name + " for " + testClass);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ExtensionConfigurationException("Cannot read " + name, e);
        }
    }
}
