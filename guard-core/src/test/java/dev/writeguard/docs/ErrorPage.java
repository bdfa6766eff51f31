package dev.writeguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writeguard.violation.FailureCode;
import dev.writeguard.violation.GuardException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the page of a code promises: the message that its recipe leads to. */
public final class ErrorPage {

    private ErrorPage() {}

    /** Runs the recipe and compares its failure with the message on the page. */
    static GuardException assertShows(Class<?> test, FailureCode code, ThrowingCallable recipe) {
        GuardException failure = catchThrowableOfType(GuardException.class, recipe);
        assertThat(failure).as("failure of the recipe").isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).isEqualTo(Page.block("message", test, methodOf(code)));
        return failure;
    }

    /** The test and the region of a code's recipe: {@code PARENT_HIDDEN} is {@code parentHidden}. */
    public static String methodOf(FailureCode code) {
        return Pattern.compile("_(.)")
                .matcher(code.name().toLowerCase(Locale.ROOT))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
