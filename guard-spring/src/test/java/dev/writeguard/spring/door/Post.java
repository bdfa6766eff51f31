package dev.writeguard.spring.door;

import dev.writeguard.annotation.EnsuredParent;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A child that only the owner of a talk may write. */
@Entity
@Table(name = "posts")
public class Post {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "remark_numbers")
    @Nullable
    Long id;

    @ManyToOne
    @JoinColumn(name = "talk_id")
    @EnsuredParent(match = "ownerId")
    @Nullable
    Talk talk;

    protected Post() {}

    public Post(Talk talk) {
        this.talk = talk;
    }
}
