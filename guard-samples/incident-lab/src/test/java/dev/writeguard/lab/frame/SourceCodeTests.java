package dev.writeguard.lab.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SourceCodeTests {

    private static final String CLASS = "dev.writeguard.lab.chat.broken.VoiceCapture";

    @Test
    void showsTheVerySourceThatWasCompiled() throws IOException {
        String shown = String.join("\n", SourceCode.region(CLASS, "write")).replace("\t", "    ");

        String source = Files.readString(Path.of("src/main/java", CLASS.replace('.', '/') + ".java"));
        assertThat(source.replaceAll("(?m)^ {4}", "")).contains(shown);
        assertThat(shown)
                .startsWith("@Override\n")
                .contains("entities.persist(")
                .endsWith("\n}");
    }

    @Test
    void refusesARegionThatIsNotThere() {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceCode.region(CLASS, "read"));
        assertThatIllegalArgumentException().isThrownBy(() -> SourceCode.region(CLASS + "s", "write"));
    }
}
