package dev.writeguard.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writeguard.spring.jpa.Conversation;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;

@DataJpaTest
class DataJpaSliceIT extends GuardSlice {

    @Autowired
    private TestEntityManager entities;

    @Test
    void offersGuardInTheTransactionOfTheTest() throws SQLException {
        UUID id = ensured("in a slice");
        assertThat(entities.find(Conversation.class, id).title()).isEqualTo("in a slice");
        assertThat(committed(id)).isZero();
    }
}
