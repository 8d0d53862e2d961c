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

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsAdminOptionsTest {

    @Test
    void defaults() throws Exception {
        AmpsAdminOptions options = AmpsAdminOptions.urls("http://amps1:8085/").build();

        assertThat(options.urls()).containsExactly("http://amps1:8085");
        assertThat(options.credentialsProvider().get()).isEqualTo(AmpsCredentials.NONE);
        assertThat(options.tls()).isNull();
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everythingSetSurvivesSerializationAndShowsNoSecret() throws Exception {
        AmpsAdminOptions options =
                AmpsAdminOptions.urls("HTTPS://amps1:8085", "http://[::1]:1/behind/proxy//")
                        .setCredentialsProvider(
                                AmpsCredentialsProvider.fixed(
                                        new AmpsCredentials("ops", "secret-1")))
                        .setTls(
                                AmpsTlsOptions.builder()
                                        .setTrustStore("/trust", "secret-2", "JKS")
                                        .build())
                        .setTimeout(Duration.ofSeconds(1))
                        .build();

        assertThat(options.urls())
                .containsExactly("https://amps1:8085", "http://[::1]:1/behind/proxy");
        assertThat(options.toString())
                .doesNotContain("secret")
                .contains("https://amps1:8085", "ops", "/trust", "PT1S");
        AmpsAdminOptions copy = InstantiationUtil.clone(options);
        assertThat(copy).hasToString(options.toString());
        assertThat(copy.credentialsProvider().get().password()).isEqualTo("secret-1");
    }

    @Test
    void encryptedUrlsTrustWhatTheJvmTrusts() {
        assertThat(AmpsAdminOptions.urls("https://h").build().tls())
                .hasToString(AmpsTlsOptions.defaults().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp://u:secret@h:1 | neither with http nor with https",
                "http://u:secret@h:1 | setCredentialsProvider",
                "http://:1 | no host",
                "http://h:1?x=secret | parameters",
                "http://h:1/amps | leave out '/amps...'",
                "http://h:1/amps/instance/sow.json | leave out '/amps...'",
                "http://sec ret | at index",
            })
    void wrongUrlsAreRefusedWithoutRepeatingThem(String url, String why) {
        assertThatThrownBy(() -> AmpsAdminOptions.urls("http://h", url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Administration URL 2", why)
                .hasMessageNotContaining("sec")
                .hasNoCause();
    }

    @Test
    void refusesWhatHasNoUse() {
        assertThatThrownBy(() -> AmpsAdminOptions.urls(new String[0]))
                .hasMessageContaining("No administration URL");
        assertThatThrownBy(
                        AmpsAdminOptions.urls("http://h").setTls(AmpsTlsOptions.defaults())::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("remove setTls");
        assertThatThrownBy(() -> AmpsAdminOptions.urls("http://h").setTimeout(Duration.ZERO))
                .hasMessageContaining("administration interface");
    }
}
