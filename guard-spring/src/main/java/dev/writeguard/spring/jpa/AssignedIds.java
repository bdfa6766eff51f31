package dev.writeguard.spring.jpa;

import org.hibernate.generator.Generator;
import org.hibernate.id.CompositeNestedGeneratedValueGenerator;
import org.hibernate.persister.entity.EntityPersister;

/** Whether code gives a new instance its id, and not a generator. */
final class AssignedIds {

    private AssignedIds() {}

    /** An id of several parts always has a generator; it generates those parts that ask for it. */
    static boolean of(EntityPersister entity) {
        Generator generator = entity.getGenerator();
        return generator instanceof CompositeNestedGeneratedValueGenerator parts
                ? parts.getGenerationPlans().isEmpty() && !parts.generatedOnExecution()
                : !generator.generatesOnInsert();
    }
}
