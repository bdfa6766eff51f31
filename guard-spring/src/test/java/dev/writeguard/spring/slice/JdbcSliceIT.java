package dev.writeguard.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.JdbcTemplate;

@JdbcTest
class JdbcSliceIT extends GuardSlice {

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void offersGuardInTheTransactionOfTheTest() throws SQLException {
        UUID id = ensured("in a slice");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM conversations WHERE id = ?", Long.class, id))
                .isEqualTo(1);
        assertThat(committed(id)).isZero();
    }
}
