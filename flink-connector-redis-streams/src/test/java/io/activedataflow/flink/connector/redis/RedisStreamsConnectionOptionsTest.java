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

package io.activedataflow.flink.connector.redis;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions.Mode;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsConnectionOptionsTest {

    @Test
    void testDefaults() throws Exception {
        RedisStreamsConnectionOptions options =
                RedisStreamsConnectionOptions.standalone("redis", 6379).build();
        assertThat(options.mode()).isEqualTo(Mode.STANDALONE);
        assertThat(options.addresses()).containsExactly("redis:6379");
        assertThat(options.credentialsProvider().get()).isEqualTo(RedisStreamsCredentials.NONE);
        assertThat(options.database()).isZero();
        assertThat(options.clientName()).isEqualTo("flink-redis-streams");
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.tls()).isNull();
        assertThat(options.readFrom()).isEqualTo(RedisStreamsReadFrom.MASTER);
    }

    @Test
    void testSurvivesSerializationAndShowsNoSecret() throws Exception {
        RedisStreamsConnectionOptions options =
                RedisStreamsConnectionOptions.sentinel("mymaster", "s1:26379", "[::1]:26380")
                        .setUser("flink")
                        .setPassword("secret-1")
                        .setSentinelCredentialsProvider(
                                RedisStreamsCredentialsProvider.fixed(
                                        new RedisStreamsCredentials("s", "secret-2")))
                        .setTls(
                                RedisStreamsTlsOptions.builder()
                                        .setTrustStore("/trust", "secret-3", "jks")
                                        .setKeyStore("/key", "secret-4", "PKCS12")
                                        .build())
                        .setSentinelTls(RedisStreamsTlsOptions.defaults())
                        .setDatabase(3)
                        .setClientName("me")
                        .setConnectTimeout(Duration.ofSeconds(5))
                        .setCommandTimeout(Duration.ofSeconds(6))
                        .setReadFrom(RedisStreamsReadFrom.REPLICA)
                        .build();
        assertThat(options.toString())
                .doesNotContain("secret")
                .contains("mymaster", "s1:26379", "[::1]:26380", "/trust", "/key", "REPLICA");
        assertThat(options.credentialsProvider().toString()).doesNotContain("secret");
        RedisStreamsConnectionOptions copy = InstantiationUtil.clone(options);
        assertThat(copy).hasToString(options.toString());
        assertThat(copy.credentialsProvider().get())
                .isEqualTo(new RedisStreamsCredentials("flink", "secret-1"));
        assertThat(copy.sentinelCredentialsProvider().get().password()).isEqualTo("secret-2");
        assertThat(copy.tls().trustStore().password()).isEqualTo("secret-3");
    }

    @Test
    void testAllContradictionsAreNamedAtOnce() {
        RedisStreamsConnectionOptionsBuilder builder =
                RedisStreamsConnectionOptions.cluster("c1:7000")
                        .setDatabase(5)
                        .setPassword("secret-1")
                        .setCredentialsProvider(
                                RedisStreamsCredentialsProvider.fromEnvironment(null, "X"))
                        .setSentinelTls(RedisStreamsTlsOptions.defaults())
                        .setSentinelCredentialsProvider(
                                RedisStreamsCredentialsProvider.fromFile(null, "/x"));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "setDatabase",
                        "setCredentialsProvider",
                        "setSentinelTls",
                        "setSentinelCredentialsProvider")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(RedisStreamsConnectionOptions.standalone("h", 1).setUser("flink")::build)
                .hasMessageContainingAll("'flink'", "setPassword");
        assertThatThrownBy(
                        RedisStreamsTlsOptions.builder()
                                        .setCaFile("/a")
                                        .setTrustStore("/b", null, "JKS")
                                        .setCertificate("/c", "/d")
                                        .setKeyStore("/e", null, "JKS")
                                ::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("setTrustStore", "setCertificate");
    }

    @Test
    void testWhatASetterAloneCanJudge() {
        RedisStreamsConnectionOptionsBuilder builder =
                RedisStreamsConnectionOptions.standalone("h", 1);
        assertThatThrownBy(() -> builder.setDatabase(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> builder.setClientName("a b")).hasMessageContaining("'a b'");
        assertThatThrownBy(() -> builder.setClientName("")).hasMessageContaining("''");
        assertThatThrownBy(() -> builder.setConnectTimeout(Duration.ZERO))
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> builder.setCommandTimeout(Duration.ofDays(365)))
                .hasMessageContaining("command timeout");
        assertThatThrownBy(() -> RedisStreamsConnectionOptions.standalone("h", 0))
                .hasMessageContaining("h:0");
        assertThatThrownBy(RedisStreamsConnectionOptions::cluster)
                .hasMessageContaining("host:port");
        assertThatThrownBy(() -> RedisStreamsConnectionOptions.sentinel(" ", "s:1"))
                .hasMessageContaining("sentinel monitor");
        assertThatThrownBy(() -> RedisStreamsTlsOptions.builder().setTrustStore("/t", null, "PEM"))
                .hasMessageContainingAll("PEM", "setCaFile");
    }

    @Test
    void testUris() throws Exception {
        RedisStreamsConnectionOptions plain =
                RedisStreamsConnectionOptions.fromUri("redis://redis").build();
        assertThat(plain.addresses()).containsExactly("redis:6379");
        assertThat(plain.tls()).isNull();
        RedisStreamsConnectionOptions full =
                RedisStreamsConnectionOptions.fromUri("rediss://fl%40nk:se%3Acret%2F@[::1]:7000/4")
                        .build();
        assertThat(full.addresses()).containsExactly("[::1]:7000");
        assertThat(full.database()).isEqualTo(4);
        assertThat(full.tls()).isNotNull();
        assertThat(full.credentialsProvider().get())
                .isEqualTo(new RedisStreamsCredentials("fl@nk", "se:cret/"));
        assertThat(
                        RedisStreamsConnectionOptions.fromUri("redis://:pass@h:1/")
                                .build()
                                .credentialsProvider()
                                .get())
                .isEqualTo(new RedisStreamsCredentials(null, "pass"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:secret@h:1",
                "redis://u:secret@h:1/x",
                "redis://u:secret@h:1/-1",
                "redis://u:secret@h:1?x=y",
                "redis://u:sec ret@h:1",
                "redis://u:secret@",
                "redis://u:secret@h_h:1:2",
                "secret",
            })
    void testWrongUrisAreRefusedWithoutRepeatingThem(String uri) {
        assertThatThrownBy(() -> RedisStreamsConnectionOptions.fromUri(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                        e -> {
                            for (Throwable t = e; t != null; t = t.getCause()) {
                                assertThat(t.toString()).doesNotContain("sec");
                            }
                        });
    }

    @Test
    void testCredentialsFromFilesAndEnvironment(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("password");
        RedisStreamsCredentialsProvider provider =
                RedisStreamsCredentialsProvider.fromFile("flink", file.toString());
        assertThatThrownBy(provider::get).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, "first \n");
        assertThat(provider.get()).isEqualTo(new RedisStreamsCredentials("flink", "first "));
        Files.writeString(file, "second");
        assertThat(InstantiationUtil.clone(provider).get().password()).isEqualTo("second");
        assertThat(RedisStreamsCredentialsProvider.fromEnvironment(null, "PATH").get())
                .isEqualTo(new RedisStreamsCredentials(null, System.getenv("PATH")));
        assertThatThrownBy(
                        RedisStreamsCredentialsProvider.fromEnvironment(null, "NO_SUCH_VARIABLE")
                                ::get)
                .hasMessageContaining("NO_SUCH_VARIABLE");
    }
}
