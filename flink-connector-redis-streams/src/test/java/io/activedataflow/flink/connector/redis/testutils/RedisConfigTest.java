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

package io.activedataflow.flink.connector.redis.testutils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisConfigTest {

    private static final RedisConfig CONFIG =
            RedisConfig.EMPTY
                    .with("save", "")
                    .with("requirepass", "a \"b\\c")
                    .with("user", "u", "on");

    @Test
    void aFileQuotesEveryValue() {
        assertThat(CONFIG.toFileText())
                .isEqualTo("save \"\"\nrequirepass \"a \\\"b\\\\c\"\nuser \"u\" \"on\"\n");
    }

    @Test
    void argumentsAreTakenAsTheyAre() {
        assertThat(CONFIG.toArguments())
                .containsExactly("--save", "", "--requirepass", "a \"b\\c", "--user", "u", "on");
    }

    @Test
    void theTextShowsNoValues() {
        assertThat(CONFIG).hasToString("[save, requirepass, user]");
    }

    @Test
    void onlyVersionsThatKnowThemGetNewerDirectives() {
        assertThat(RedisConfig.base(new RedisVersion(6, 2, 11)).toString())
                .doesNotContain("enable-debug-command");
        assertThat(RedisConfig.base(new RedisVersion(7, 0, 15)).toString())
                .contains("enable-debug-command");
    }
}
