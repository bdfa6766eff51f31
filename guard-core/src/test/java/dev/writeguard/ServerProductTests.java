package dev.writeguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that servers give to {@code SELECT version()}. */
class ServerProductTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PostgreSQL 14.22 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 10.3.1 20211027, 64-bit",
                "PostgreSQL 18.6 on x86_64-pc-linux-musl, compiled by gcc (Alpine 14.2.0) 14.2.0, 64-bit",
                "PostgreSQL 16.1 (Debian 16.1-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14)"
                        + " 12.2.0, 64-bit",
                "PostgreSQL 15.4 - Percona Distribution on x86_64-pc-linux-gnu, compiled by gcc (GCC) 11.4.1, 64-bit",
                "PostgreSQL 17.4 (EnterpriseDB Advanced Server 17.4.0) on x86_64-pc-linux-gnu, compiled by gcc (GCC)"
                        + " 11.5.0 20240719 (Red Hat 11.5.0-5), 64-bit",
                "PostgreSQL 15.4 on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc (GCC) 9.5.0,"
                        + " 64-bit",
                "PostgreSQL 18devel on aarch64-apple-darwin23.6.0, compiled by Apple clang version 16.0.0, 64-bit",
                "PostgreSQL 14.7 (PolarDB 14.7.9.0 build a93c7b8b) on x86_64-linux-gnu",
                "PostgreSQL 16.4, compiled by Visual C++ build 1940, 64-bit"
            })
    void takesPostgresForWhatItIsHoweverItWasBuilt(String version) {
        assertThat(ServerProduct.otherThanPostgres(version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CockroachDB | CockroachDB CCL v24.2.4 (x86_64-pc-linux-gnu, built 2024/10/14 17:20:56, go1.22.5)",
                "CockroachDB | CockroachDB OSS v25.2.10 (x86_64-pc-linux-gnu)",
                "CrateDB | CrateDB 5.10.1 (built e8a1e0c/2025-02-04T11:32:54Z, Linux 5.15 amd64, OpenJDK 22)",
                "YugabyteDB | PostgreSQL 15.2-YB-2025.1.2.0-b0 on x86_64-pc-linux-gnu, compiled by clang version 17, 64-bit",
                "YugabyteDB | PostgreSQL 11.2-YB-2.20.1.3-b0 on x86_64-pc-linux-gnu",
                "Redshift | PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017"
                        + " (Red Hat 3.4.2-6.fc3), Redshift 1.0.48805",
                "Greenplum | PostgreSQL 12.12 (Greenplum Database 7.4.0 build commit:27de6dc6) on x86_64-pc-linux-gnu",
                "Cloudberry | PostgreSQL 14.4 (Cloudberry Database 1.0.0 build dev) on aarch64-unknown-linux-gnu",
                "WarehousePG | PostgreSQL 14.4 (WarehousePG 7.2.0 build commit:abc) on x86_64-pc-linux-gnu",
                "Materialize | PostgreSQL 9.5 on x86_64-unknown-linux-gnu (Materialize 26.36.0)",
                "RisingWave | PostgreSQL 13.14.0-RisingWave-2.3.2 (58c5893670f326f0922b9bc58c61c83cabeccaa8)",
                "QuestDB | PostgreSQL 12.3, compiled by Visual C++ build 1914, 64-bit, QuestDB",
                "CedarDB | PostgreSQL 16.3 compatible CedarDB v2025-08-20",
                "openGauss | PostgreSQL 9.2.4 (openGauss 1.1.0 build 392c0438) compiled at 2020-12-31 20:07:42",
                "openGauss | (openGauss 5.0.0 build a07d57c3) compiled at 2023-03-29 03:37:13",
                "KingbaseES | KingbaseES V008R006C007B0012 on x86_64-pc-linux-gnu, compiled by gcc",
                "H2 | PostgreSQL 8.2.23 server protocol using H2 2.1.214 (2022-06-13)",
                "a server of unknown make | PostgreSQL 14.1",
                "a server of unknown make | PostgreSQL 16",
                "a server of unknown make | ''"
            })
    void namesTheOthers(String product, String version) {
        assertThat(ServerProduct.otherThanPostgres(version)).hasValue(product);
    }
}
