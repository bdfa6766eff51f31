package dev.writeguard.spring.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.hibernate.Version;
import org.junit.jupiter.api.Test;

/** That the profiles of the build run what they are named after. */
class HibernateVersionIT {

    @Test
    void isTheOneOfTheProfile() {
        assertThat(Version.getVersionString()).isEqualTo(System.getProperty("guard.test.hibernate"));
    }
}
