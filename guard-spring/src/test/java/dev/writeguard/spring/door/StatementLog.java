package dev.writeguard.spring.door;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** What the application sends to its database, in words: {@code ensure talks}, {@code insert remarks}. */
public final class StatementLog implements QueryExecutionListener, BeanPostProcessor {

    /** Guard names tables with their schema; Hibernate does not. */
    private static final Pattern TABLE =
            Pattern.compile("(?:\"public\"\\.|into |update |nextval\\('|from )\"?([\\w$]+)", Pattern.CASE_INSENSITIVE);

    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource dataSource
                ? ProxyDataSourceBuilder.create(dataSource).listener(this).build()
                : bean;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        // Heard afterwards.
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        queries.forEach(query -> statements.add(
                inWords(query.getQuery()) + (execution.isBatch() ? " x" + execution.getBatchSize() : "")));
    }

    /** Forgets what was sent so far. */
    public void clear() {
        statements.clear();
    }

    /** What was sent since then. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    private static String inWords(String sql) {
        Matcher table = TABLE.matcher(sql.substring(Math.max(0, sql.indexOf("\"public\"."))));
        String name = table.find() ? table.group(1) : "?";
        if (sql.contains("ON CONFLICT")) {
            return "ensure " + name;
        }
        if (sql.contains("FOR KEY SHARE") || sql.contains("FOR SHARE")) {
            return "lock " + name;
        }
        return sql.strip().split("\\s+")[0].toLowerCase(Locale.ROOT) + " " + name;
    }
}
