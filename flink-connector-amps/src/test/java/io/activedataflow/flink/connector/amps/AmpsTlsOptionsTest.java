/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsTlsOptionsTest {

    @Test
    void hostNamesAreVerifiedUnlessThatIsTurnedOff() {
        assertThat(AmpsTlsOptions.defaults().verifyHostname()).isTrue();
        assertThat(AmpsTlsOptions.builder().setVerifyHostname(false).build().verifyHostname())
                .isFalse();
    }

    @Test
    void allContradictionsAreNamedAtOnce() {
        assertThatThrownBy(
                        AmpsTlsOptions.builder()
                                        .setCaFile("/a")
                                        .setTrustStore("/b", null, "JKS")
                                        .setCertificate("/c", "/d")
                                        .setKeyStore("/e", null, "JKS")
                                ::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("setTrustStore", "setCertificate");
    }

    @Test
    void aStoreHasAKnownType() {
        assertThatThrownBy(() -> AmpsTlsOptions.builder().setTrustStore("/t", "secret", "PEM"))
                .hasMessageContainingAll("PEM", "setCaFile")
                .hasMessageNotContaining("secret");
    }
}
