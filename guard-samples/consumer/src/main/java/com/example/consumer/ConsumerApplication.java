package com.example.consumer;

import dev.writeguard.rule.RowKey;

public class ConsumerApplication {

    public static void main(String[] args) {
        System.out.println("Guard " + RowKey.class.getPackage().getImplementationVersion());
    }
}
