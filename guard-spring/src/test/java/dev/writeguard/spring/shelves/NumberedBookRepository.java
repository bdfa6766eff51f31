package dev.writeguard.spring.shelves;

import dev.writeguard.annotation.Guarded;

@Guarded
interface NumberedBookRepository extends BookRepository<Books.Numbered> {}
