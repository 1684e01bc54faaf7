package io.hawser.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubClientConfigTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"msgi://hub:9000", "msgis://[::1]:9000", "ws://my_hub/ws", "wss://hub:1/ws", "msgi://my_hub:1"})
    void aHubIsNamedByItsUri(String uri) {
        assertThat(HubClientConfig.to(uri).uri()).hasToString(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"msgi://hub", "http://hub:1", "msgi:hub", "ws://u:p@hub/ws", "msgi://u@my_hub:1", "ws://1.2/"})
    void whatNamesNoHubIsRefusedWhenItIsSaid(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> HubClientConfig.to(uri));
    }
}
