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

package io.activedataflow.flink.connector.amps.source.enumerator.subscriber;

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TopicSubscriberTest {

    private static final AmpsAdminOptions ADMIN =
            AmpsAdminOptions.urls("http://admin.example:8085").build();

    private final List<String> asked = new ArrayList<>();

    private TopicSubscriber subscriber(AmpsTopicSelection selection, String... topics) {
        return TopicSubscriber.of(
                selection,
                (admin, messageType) -> {
                    asked.add(admin.urls() + " " + messageType);
                    return Set.of(topics);
                },
                "nvfix");
    }

    @Test
    void namedTopicsAreLiteralAndSorted() {
        TopicSubscriber subscriber = subscriber(AmpsTopicSelection.topics("b", "a.b", "a"));

        assertThat(subscriber.discover())
                .containsExactly(
                        AmpsTopic.literal("a"), AmpsTopic.literal("a.b"), AmpsTopic.literal("b"));
        assertThat(subscriber.canChange()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void aPatternIsOneTopicForTheServerToMatch() {
        TopicSubscriber subscriber = subscriber(AmpsTopicSelection.pattern("a|b"));

        assertThat(subscriber.discover()).containsExactly(AmpsTopic.pattern("^(?:a|b)$"));
        assertThat(subscriber.canChange()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void discoveredTopicsAreTheOnesWhoseWholeNameMatches() {
        TopicSubscriber subscriber =
                subscriber(AmpsTopicSelection.discovered("o.*s", ADMIN), "orders", "os", "my-os");

        assertThat(subscriber.discover())
                .containsExactly(AmpsTopic.literal("orders"), AmpsTopic.literal("os"));
        assertThat(subscriber.canChange()).isTrue();
        assertThat(subscriber.servers()).contains("http://admin.example:8085");
        assertThat(asked).containsExactly("[http://admin.example:8085] nvfix");
    }
}
