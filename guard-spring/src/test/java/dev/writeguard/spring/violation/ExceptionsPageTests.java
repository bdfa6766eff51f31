package dev.writeguard.spring.violation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.docs.Page;
import dev.writeguard.sql.TableName;
import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.FailureReport;
import dev.writeguard.violation.GuardException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Which Spring type each code becomes, as {@code docs/spring.md} says. */
class ExceptionsPageTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(Guard\\w+Exception)` \\| `(\\w+)` \\| (.+) \\|$");
    private static final Pattern CODE = Pattern.compile("GRD-\\d+");

    @Test
    void becomeWhatThePageSays() {
        Map<String, Set<String>> onPage = new LinkedHashMap<>();
        for (MatchResult row :
                ROW.matcher(Page.at("docs/spring.md").text()).results().toList()) {
            Set<String> codes = new TreeSet<>();
            CODE.matcher(row.group(3).replaceAll("\\(.*?\\)", "")).results().forEach(code -> codes.add(code.group()));
            onPage.put(row.group(1) + " is a " + row.group(2), codes);
        }
        assertThat(onPage).isEqualTo(inCode());
    }

    private static Map<String, Set<String>> inCode() {
        Map<String, Set<String>> codes = new LinkedHashMap<>();
        for (FailureCode code : FailureCode.values()) {
            for (String state : List.of("23505", "23P01")) {
                Class<?> type = translated(code, state).getClass();
                codes.computeIfAbsent(
                                type.getSimpleName() + " is a "
                                        + type.getSuperclass().getSimpleName(),
                                absent -> new TreeSet<>())
                        .add(code.code());
            }
        }
        return codes;
    }

    private static DataAccessException translated(FailureCode code, String state) {
        return GuardExceptionTranslator.translate(new GuardException(
                new FailureReport(code, "ensure", "why.", TableName.of("app", "orders"), null, state, false)));
    }
}
