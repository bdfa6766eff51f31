package dev.writeguard.spring.shelves;

import dev.writeguard.annotation.Guarded;

@Guarded
interface SequencedBookRepository extends BookRepository<Books.Sequenced> {}
