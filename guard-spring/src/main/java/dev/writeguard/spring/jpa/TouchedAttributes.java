package dev.writeguard.spring.jpa;

import dev.writeguard.annotation.EnsuredParent;
import dev.writeguard.annotation.OnExisting;
import dev.writeguard.rule.RuleFault;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.JdbcType;

/** Reads what a declaration says of TOUCH: attributes that get a time, that get a value, and the version. */
final class TouchedAttributes {

    private static final Set<Class<?>> COUNTED =
            Set.of(short.class, Short.class, int.class, Integer.class, long.class, Long.class);

    private static final Set<Integer> WITH_ZONE =
            Set.of(Types.TIMESTAMP_WITH_TIMEZONE, Types.TIME_WITH_TIMEZONE, SqlTypes.TIMESTAMP_UTC, SqlTypes.TIME_UTC);

    private final EntityPersister parent;
    private final ParentAttributes attributes;
    private final List<RuleFault> faults = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> valueColumns = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private final List<String> timeColumns = new ArrayList<>();
    private boolean raisesVersion;

    /**
     * @param attributes hears of those that the parent's table does not have
     */
    TouchedAttributes(EntityPersister parent, ParentAttributes attributes) {
        this.parent = parent;
        this.attributes = attributes;
    }

    /** What cannot be touched. */
    List<RuleFault> faults() {
        return faults;
    }

    ParentTouch of(EnsuredParent declaration) {
        if (declaration.onExisting() == OnExisting.KEEP) {
            if (declaration.touch().length > 0) {
                fault(
                        "touch names attributes, but an existing parent is kept",
                        "say onExisting = TOUCH, or leave them out");
            }
            return ParentTouch.NONE;
        }
        for (String attribute : declaration.touch()) {
            List<String> columns = attributes.columns(attribute);
            if (!columns.isEmpty()) {
                add(attribute, parent.findAttributeMapping(attribute), columns);
            }
        }
        if (declaration.touch().length == 0) {
            raisesVersion = parent.isVersioned();
            if (!raisesVersion) {
                fault("TOUCH has nothing to write", "name attributes in touch");
            }
        }
        return new ParentTouch(values, valueColumns, times, timeColumns, raisesVersion ? versionColumn() : "");
    }

    private void add(String attribute, AttributeMapping mapping, List<String> columns) {
        int position = mapping.getStateArrayPosition();
        if (parent.isVersioned() && position == parent.getVersionPropertyIndex()) {
            raisesVersion = true;
            return;
        }
        if (!parent.getPropertyUpdateability()[position]) {
            fault("the attribute '" + attribute + "' is not updatable", "touch another one, or let it be updated");
        }
        raisesVersion |= parent.isVersioned() && parent.getPropertyVersionability()[position];
        if (mapping instanceof BasicValuedModelPart basic && jdbcType(basic).isTemporal()) {
            requireZone(attribute, jdbcType(basic));
            times.add(attribute);
            timeColumns.addAll(columns);
        } else {
            values.add(attribute);
            valueColumns.addAll(columns);
        }
    }

    private static JdbcType jdbcType(BasicValuedModelPart basic) {
        return basic.getJdbcMapping().getJdbcType();
    }

    /** The database would write the time of another zone than the one in which Hibernate reads it. */
    private void requireZone(String attribute, JdbcType type) {
        if (!WITH_ZONE.contains(type.getDdlTypeCode())
                && parent.getFactory().getSessionFactoryOptions().getJdbcTimeZone() != null) {
            fault(
                    "the attribute '" + attribute + "' is kept without time zone, and hibernate.jdbc.time_zone is set",
                    "keep it as timestamp with time zone");
        }
    }

    private String versionColumn() {
        BasicValuedModelPart version = parent.getVersionMapping();
        if (!COUNTED.contains(version.getJavaType().getJavaTypeClass())) {
            fault("the parent's version is no number that can be raised", "make it a number");
        }
        return MappedNames.column(version.getSelectionExpression());
    }

    private void fault(String fault, String cure) {
        faults.add(new RuleFault(fault, cure));
    }
}
