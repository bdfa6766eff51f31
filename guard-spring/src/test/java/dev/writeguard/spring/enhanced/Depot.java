package dev.writeguard.spring.enhanced;

import jakarta.persistence.Basic;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parent with a lazy attribute, an embeddable, and collections. */
@Entity
@Table(name = "depots")
class Depot {

    @Embeddable
    static class Place {

        @Nullable
        private String street;

        void setStreet(String street) {
            this.street = street;
        }
    }

    @Id
    private int id;

    private String title = "untitled";

    @Version
    @Nullable
    private Integer version;

    @Basic(fetch = FetchType.LAZY)
    @Nullable
    private String notes;

    private Place place = new Place();

    @ElementCollection
    private List<String> gates = new ArrayList<>();

    @OneToMany(mappedBy = "depot")
    private List<Crate> crates = new ArrayList<>();

    protected Depot() {}

    Depot(int id, String title) {
        this.id = id;
        this.title = title;
        this.notes = "notes of " + title;
        this.place.setStreet("street");
        this.gates.add("north");
    }

    int getId() {
        return id;
    }

    String getTitle() {
        return title;
    }

    void setTitle(String title) {
        this.title = title;
    }

    @Nullable
    Integer getVersion() {
        return version;
    }

    @Nullable
    String getNotes() {
        return notes;
    }

    Place getPlace() {
        return place;
    }

    List<String> getGates() {
        return gates;
    }

    List<Crate> getCrates() {
        return crates;
    }
}
