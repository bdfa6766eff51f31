package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.ParentRule;
import dev.writeguard.rule.RuleFault;
import dev.writeguard.schema.SchemaGraph;
import dev.writeguard.schema.Table;
import dev.writeguard.spring.rule.AssociationRule;
import dev.writeguard.spring.rule.DeclaredAssociation;
import dev.writeguard.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;

/** Makes a rule in the words of the catalog out of an association, or says why it cannot be one. */
final class AssociationCompiler {

    private final EnsuredAssociation association;
    private final EnsuredParent declaration;
    private final EntityPersister parent;
    private final ForeignKeyDescriptor foreignKey;
    private final DoorDatabase database;
    private final List<RuleFault> faults = new ArrayList<>();

    /**
     * @param enforced whether the factory writes through Guard
     * @param database which knows the templates
     */
    AssociationCompiler(EnsuredAssociation association, boolean enforced, DoorDatabase database) {
        if (!enforced) {
            fault(
                    "its EntityManagerFactory writes past Guard",
                    "let one of Spring's factory beans build it, with Guard's auto-configuration");
        }
        this.association = association;
        this.declaration = association.declaration();
        this.parent = association.parent();
        this.foreignKey = association.foreignKey();
        this.database = database;
    }

    DeclaredAssociation declare() {
        refuseUnsupported();
        ParentTerms terms = ParentTerms.of(parent, declaration);
        faults.addAll(terms.faults());
        if (association.creates()) {
            faults.addAll(new TemplateCheck(association, database).faults());
        }
        return new DeclaredAssociation(association.name(), faults, graph -> compile(graph, terms));
    }

    private AssociationRule compile(SchemaGraph graph, ParentTerms terms) {
        List<String> reference = ParentTerms.names(foreignKey.getTargetPart());
        ParentRules rules = association.creates() ? terms.byKey(graph, reference) : terms.byReference(graph, reference);
        return new AssociationRule(
                association.child().getImportedName(),
                association.attribute(),
                association.method(),
                parent.getImportedName(),
                rules.parent(),
                rules.byReference(),
                keyTables().stream()
                        .map(table -> childRule(graph, rules.byReference(), table))
                        .toList());
    }

    /** Several where each class has a table of its own: a foreign key of one says nothing of another. */
    private List<String> keyTables() {
        EntityPersister child = association.child();
        List<String> ofClasses = child instanceof UnionSubclassEntityPersister
                        && foreignKey.getKeyTable().equals(child.getIdentifierTableName())
                ? child.getSubclassEntityNames().stream()
                        .map(name -> child.getFactory().getMappingMetamodel().getEntityDescriptor(name))
                        .filter(written -> !written.isAbstract())
                        .map(EntityPersister::getIdentifierTableName)
                        .toList()
                : List.of();
        return ofClasses.isEmpty() ? List.of(foreignKey.getKeyTable()) : ofClasses;
    }

    private ChildRule childRule(SchemaGraph graph, ParentRule byReference, String keyTable) {
        Optional<TableName> table = MappedNames.table(graph, keyTable).map(Table::name);
        return (table.isPresent()
                        ? ChildRule.on(graph, table.get(), byReference)
                        : ChildRule.on(graph, keyTable, byReference))
                .columns(ParentTerms.names(foreignKey.getKeyPart()).toArray(String[]::new))
                .build();
    }

    private void refuseUnsupported() {
        if (!association.owned()) {
            fault("the other side owns the association", "put the annotation on the side that has the column");
            return;
        }
        if (formula()) {
            fault("it is joined over a formula", "join over columns");
        } else {
            faults.addAll(association.faults());
        }
        if (!ParentTerms.names(foreignKey.getTargetPart()).equals(ParentTerms.names(parent.getIdentifierMapping()))) {
            fault("it refers to other columns than the parent's id", "refer to the id");
        }
        if (parent instanceof UnionSubclassEntityPersister && parent.hasSubclasses()) {
            fault("the parent's subclasses have tables of their own", "refer to one of the subclasses");
        } else if (!foreignKey.getTargetTable().equals(parent.getIdentifierTableName())) {
            fault("the parent is a joined subclass, and only its own table is referred to", "refer to its superclass");
        }
        if (association.creates()) {
            faults.addAll(new InsertCheck(parent).faults());
        }
    }

    private boolean formula() {
        var formulas = new AtomicBoolean();
        foreignKey.getKeyPart().forEachSelectable((index, column) -> formulas.compareAndSet(false, column.isFormula()));
        return formulas.get();
    }

    private void fault(String fault, String cure) {
        faults.add(new RuleFault(fault, cure));
    }
}
