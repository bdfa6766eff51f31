package dev.writeguard.spring.shelves;

import dev.writeguard.annotation.Guarded;

@Guarded
interface CountedBookRepository extends BookRepository<Books.Counted> {}
