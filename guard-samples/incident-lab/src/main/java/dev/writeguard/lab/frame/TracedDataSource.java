package dev.writeguard.lab.frame;

import dev.writeguard.lab.frame.Step.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Puts a witness before the connection pool, which notes the statements and transaction ends of a watched thread. */
@Component
final class TracedDataSource implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof DataSource pool)) {
            return bean;
        }
        return ProxyDataSourceBuilder.create(pool)
                .listener(new Statements())
                .methodListener(new TransactionEnds())
                .build();
    }

    private static final class Statements implements QueryExecutionListener {

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            Trace trace = Trace.current();
            if (trace != null) {
                trace.statement(sql(queries), result(execution));
            }
        }

        private static String sql(List<QueryInfo> queries) {
            return queries.stream().map(QueryInfo::getQuery).collect(Collectors.joining("; "));
        }

        private static String result(ExecutionInfo execution) {
            if (execution.getThrowable() instanceof SQLException failure) {
                return failure.getSQLState();
            }
            Object result = execution.getResult();
            if (result instanceof int[] counts) {
                return rows(IntStream.of(counts).sum()) + ", batch of " + counts.length;
            }
            return result instanceof Integer count ? rows(count) : "";
        }

        private static String rows(int count) {
            return count == 1 ? "1 row" : count + " rows";
        }
    }

    private static final class TransactionEnds implements MethodExecutionListener {

        @Override
        public void beforeMethod(MethodExecutionContext call) {}

        @Override
        public void afterMethod(MethodExecutionContext call) {
            Trace trace = Trace.current();
            if (trace == null || !(call.getTarget() instanceof Connection)) {
                return;
            }
            switch (call.getMethod().getName()) {
                case "setAutoCommit" -> {
                    if (Boolean.FALSE.equals(call.getMethodArgs()[0])) {
                        trace.begin();
                    }
                }
                case "commit" -> trace.end(Kind.COMMIT, sqlState(call.getThrown()));
                case "rollback" -> trace.end(Kind.ROLLBACK, "");
                case "close" -> trace.close();
                default -> {
                    // Nothing that ends a transaction.
                }
            }
        }

        private static String sqlState(@Nullable Throwable thrown) {
            return thrown instanceof SQLException failure ? failure.getSQLState() : "";
        }
    }
}
