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

package io.activedataflow.flink.connector.amps.client;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AdminAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"amps\":{\"instance\":{\"sow\":[{\"topic\":\"a\"},{\"topic\":\"b\"}]}}}; a,b",
                "[{\"topic\":\"a\"},[{\"topic\":\"b\"}]]; a,b",
                "{\"sow\":{\"x\":{\"topic\":\"a\"},\"y\":{\"topic\":\"a\"}}}; a",
                "{\"topic\":\"a\",\"below\":{\"topic\":\"b\"}}; a,b",
                "{\"topic\":7,\"x\":{\"topic\":null},\"y\":{\"topic\":{\"topic\":\"a\"}}}; a",
                "{\"topic\":\"a\",\"message_type\":\"json\"}; a",
                "{\"topic\":\"a\",\"message_type\":\"\"}; a",
                "{\"topic\":\"a\",\"message_type\":7}; a",
                "{\"topic\":\"a\",\"message_type\":\"fix\",\"b\":{\"topic\":\"b\"}}; b",
                "{\"topic\":\"caf\u00e9\"}; caf\u00e9",
                "{}; ~~"
            })
    void findsTopicsOfTheTypeAtAnyDepth(String json, String topics) throws IOException {
        assertThat(topics(json, "json")).isEqualTo(set(topics));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = "[{\"topic\":\"a\",\"message_type\":\"fix\"},{\"topic\":\"b\"}]; a,b")
    void findsTopicsOfAllTypes(String json, String topics) throws IOException {
        assertThat(topics(json, null)).isEqualTo(set(topics));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"a\":", "7", "\"topic\""})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> topics(text, null)).isInstanceOf(IOException.class);
    }

    private static Set<String> topics(String json, String messageType) throws IOException {
        Set<String> topics = new TreeSet<>();
        AdminAnswer.addTopics(json.getBytes(StandardCharsets.UTF_8), messageType, topics);
        return topics;
    }

    private static Set<String> set(String topics) {
        return topics.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(topics.split(",")));
    }
}
