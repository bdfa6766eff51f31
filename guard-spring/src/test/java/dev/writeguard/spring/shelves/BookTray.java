package dev.writeguard.spring.shelves;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToOne;
import org.jspecify.annotations.Nullable;

/** Carries books into the database by a cascade. */
@Entity
class BookTray {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @Nullable
    Long id;

    @OneToOne(cascade = CascadeType.ALL)
    Books.@Nullable Numbered numbered;

    @OneToOne(cascade = CascadeType.ALL)
    Books.@Nullable Sequenced sequenced;

    @OneToOne(cascade = CascadeType.ALL)
    Books.@Nullable Counted counted;

    BookTray put(Book book) {
        if (book instanceof Books.Numbered given) {
            numbered = given;
        } else if (book instanceof Books.Sequenced given) {
            sequenced = given;
        } else {
            counted = (Books.Counted) book;
        }
        return this;
    }
}
