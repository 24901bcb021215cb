package io.migrator.sink.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.failure.KnownSecrets;
import org.junit.jupiter.api.Test;

class SecretAddressTest {
    @Test
    void itsPartsAreMaskedAlone() {
        SecretAddress.learn("https://hooks.example/services/T0/piece-of-a-path-17?token=piece-of-a-query-18");

        assertThat(
                        KnownSecrets.ofThisProcess()
                                .masked(
                                        "no such hook: piece-of-a-path-17, token piece-of-a-query-18 at hooks.example/services"))
                .doesNotContain("piece-of")
                .contains("hooks.example/services");
    }

    @Test
    void whatIsNoAddressIsNoFault() {
        SecretAddress.learn("no address at all");
    }
}
