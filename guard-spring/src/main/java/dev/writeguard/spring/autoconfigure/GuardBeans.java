package dev.writeguard.spring.autoconfigure;

import dev.writeguard.Guard;
import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.spring.rule.GuardModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.StringUtils;

/**
 * Registers the beans of each database under names that derive from the database's own: by definitions of class,
 * factory method and plain arguments only, so that they survive ahead-of-time processing.
 */
final class GuardBeans {

    private static final List<String> SUFFIXES = List.of("EntityManagerFactory", "DataSource");
    private static final String DATABASE = "GuardDatabase";
    private static final String OURS = GuardBeans.class.getName();

    private final BeanDefinitionRegistry registry;
    private final ListableBeanFactory beans;
    private final List<Operations> operations;

    /** A bean with operations, unless the application has one of that type itself. */
    record Operations(String kind, Class<?> type, String method) {

        static final Operations ENSURE_PARENT = new Operations("EnsureParent", EnsureParent.class, "ensureParent");
    }

    /**
     * @param more operations than those that every database has
     */
    GuardBeans(BeanDefinitionRegistry registry, ListableBeanFactory beans, List<Operations> more) {
        this.registry = registry;
        this.beans = beans;
        this.operations = Stream.concat(Stream.of(Operations.ENSURE_PARENT), more.stream())
                .toList();
    }

    /**
     * Takes the application's own Guard for a database where its name or the numbers leave no doubt; backs off from the
     * others if there is one.
     *
     * @param source the type of bean that stands for a database
     * @param defaults whether these may be injected by type alone
     */
    void registerAll(Class<?> source, Class<? extends GuardDatabase> type, boolean defaults) {
        List<String> sources = Stream.of(beans.getBeanNamesForType(source, true, false))
                .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                .toList();
        List<String> before = List.of(registry.getBeanDefinitionNames());
        List<String> ownGuards = own(Guard.class);
        boolean only = defaults && sources.stream().filter(this::candidate).count() == 1;
        for (String name : sources) {
            String stem = stem(name);
            if (before.contains(join(stem, DATABASE))) {
                // The same name with and without JPA: ordersDataSource belongs to ordersEntityManagerFactory.
                continue;
            }
            String prefix = free(stem) ? stem : name;
            String guard = ownGuards.size() == 1 && sources.size() == 1 ? ownGuards.get(0) : join(prefix, "Guard");
            if (ownGuards.isEmpty() || ownGuards.contains(guard)) {
                register(new Names(name, prefix, guard), type, new Flags(defaults, only));
            }
        }
    }

    /** What the beans of one database are called. */
    private record Names(String source, String prefix, String guard) {
        String of(String kind) {
            return join(prefix, kind);
        }
    }

    /** What holds for all beans of one database. */
    private record Flags(boolean defaultCandidate, boolean only) {}

    private void register(Names names, Class<? extends GuardDatabase> type, Flags flags) {
        var definition = new RootBeanDefinition(type);
        definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
        ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
        arguments.addIndexedArgumentValue(0, names.source());
        arguments.addIndexedArgumentValue(1, names.guard());
        arguments.addIndexedArgumentValue(2, names.of("GuardModel"));
        arguments.addIndexedArgumentValue(3, flags.only() || primary(names.source()));
        add(names.of(DATABASE), definition);
        if (!registry.containsBeanDefinition(names.guard())) {
            add(names.guard(), product(Guard.class, "guard", names, flags));
        }
        add(names.of("GuardModel"), product(GuardModel.class, "model", names, flags));
        for (Operations each : operations) {
            if (own(each.type()).isEmpty()) {
                add(names.of(each.kind()), product(each.type(), each.method(), names, flags));
            }
        }
    }

    private void add(String name, RootBeanDefinition definition) {
        definition.setAttribute(OURS, true);
        registry.registerBeanDefinition(name, definition);
    }

    /** Injected as its database is: what is primary, a fallback or by qualifier only there, is so here. */
    private RootBeanDefinition product(Class<?> type, String method, Names names, Flags flags) {
        String source = names.source();
        var definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(names.of(DATABASE));
        definition.setFactoryMethodName(method);
        definition.setDefaultCandidate(flags.defaultCandidate());
        if (registry.containsBeanDefinition(source)) {
            BeanDefinition origin = registry.getBeanDefinition(source);
            definition.setPrimary(flags.defaultCandidate() && origin.isPrimary());
            definition.setFallback(origin.isFallback());
            definition.setAutowireCandidate(origin.isAutowireCandidate());
            definition.setDefaultCandidate(flags.defaultCandidate() && candidate(source));
        }
        return definition;
    }

    private boolean primary(String name) {
        return registry.containsBeanDefinition(name)
                && registry.getBeanDefinition(name).isPrimary();
    }

    private boolean candidate(String name) {
        return !registry.containsBeanDefinition(name)
                || !(registry.getBeanDefinition(name) instanceof AbstractBeanDefinition definition)
                || (definition.isDefaultCandidate() && definition.isAutowireCandidate());
    }

    /** The application's own beans of that type. */
    private List<String> own(Class<?> type) {
        return Stream.of(beans.getBeanNamesForType(type, true, false))
                .filter(name -> !registry.containsBeanDefinition(name)
                        || !registry.getBeanDefinition(name).hasAttribute(OURS))
                .toList();
    }

    /** Whether nothing else has these names already; the application's own Guard and operations may have them. */
    private boolean free(String stem) {
        List<String> own = Stream.concat(
                        Stream.of(Guard.class), operations.stream().map(Operations::type))
                .flatMap(type -> own(type).stream())
                .toList();
        return Stream.concat(
                        Stream.of(DATABASE, "Guard", "GuardModel"),
                        operations.stream().map(Operations::kind))
                .map(kind -> join(stem, kind))
                .noneMatch(name -> registry.isBeanNameInUse(name) && !own.contains(name));
    }

    /** {@code orders} of {@code ordersEntityManagerFactory}, nothing of {@code dataSource}. */
    static String stem(String name) {
        return SUFFIXES.stream()
                .filter(suffix -> name.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT)))
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .findFirst()
                .orElse(name);
    }

    private static String join(String stem, String kind) {
        return stem.isEmpty() ? StringUtils.uncapitalize(kind) : stem + kind;
    }
}
