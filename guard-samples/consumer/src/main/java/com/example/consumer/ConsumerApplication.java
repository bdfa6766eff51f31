package com.example.consumer;

import dev.writeguard.ensure.EnsureParent;
import dev.writeguard.rule.ChildRule;
import dev.writeguard.rule.RowKey;
import dev.writeguard.spring.rule.GuardModel;
import dev.writeguard.spring.rule.GuardRules;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class ConsumerApplication {

    public static void main(String[] args) {
        SpringApplication.run(ConsumerApplication.class, args).close();
    }

    @Bean
    GuardRules chatRules() {
        return rules -> rules.parent("conversations").child("messages", "conversations", rule -> rule.returning("id"));
    }

    @Bean
    ApplicationRunner firstMessages(EnsureParent ensureParent, GuardModel rules) {
        ChildRule messages = rules.child("messages");
        RowKey conversation = rules.parent("conversations").key(UUID.randomUUID());
        return arguments -> {
            for (String body : new String[] {"Hello!", "Anybody there?"}) {
                System.out.println(ensureParent
                        .insert(messages, messages.row(conversation, messages.values().set("body", body).build()))
                        .orThrow());
            }
        };
    }

    @Bean
    EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.start();
    }

    @Bean
    DataSource dataSource(EmbeddedPostgres postgres) {
        return postgres.getPostgresDatabase();
    }
}
