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
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsCredentialsTest {

    @Test
    void showNoPassword() {
        assertThat(new AmpsCredentials("flink", "secret"))
                .hasToString("AmpsCredentials{user=flink}");
        assertThat(AmpsCredentials.NONE).hasToString("AmpsCredentials{user=none}");
        assertThat(AmpsCredentialsProvider.fixed(new AmpsCredentials("flink", "secret")).toString())
                .doesNotContain("secret");
    }

    @Test
    void areReadFromAFileEachTime(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("password");
        AmpsCredentialsProvider provider =
                AmpsCredentialsProvider.fromFile("flink", file.toString());
        assertThatThrownBy(provider::get).isInstanceOf(NoSuchFileException.class);

        Files.writeString(file, "first \n");
        assertThat(provider.get()).isEqualTo(new AmpsCredentials("flink", "first "));

        Files.writeString(file, "second");
        assertThat(InstantiationUtil.clone(provider).get().password()).isEqualTo("second");
    }

    @Test
    void areReadFromTheEnvironment() throws Exception {
        assertThat(AmpsCredentialsProvider.fromEnvironment(null, "PATH").get())
                .isEqualTo(new AmpsCredentials(null, System.getenv("PATH")));
        assertThat(AmpsCredentialsProvider.fromEnvironment("PATH", "PATH").get().user())
                .isEqualTo(System.getenv("PATH"));
        assertThatThrownBy(AmpsCredentialsProvider.fromEnvironment(null, "NO_SUCH_VARIABLE")::get)
                .hasMessageContaining("NO_SUCH_VARIABLE");
    }

    @Test
    void anAuthenticatorIsMadeOfThreeFunctions() throws Exception {
        List<String> calls = new ArrayList<>();
        AmpsAuthenticator authenticator =
                AmpsAuthenticator.of(
                        (user, password) -> user + '+' + password,
                        (user, challenge) -> user + '?' + challenge,
                        (user, password, reason) ->
                                calls.add(user + '!' + password + '!' + reason));

        assertThat(authenticator.authenticate("u", "p")).isEqualTo("u+p");
        assertThat(authenticator.retry("u", "c")).isEqualTo("u?c");
        authenticator.completed("u", "p", 7);
        assertThat(calls).containsExactly("u!p!7");
    }
}
