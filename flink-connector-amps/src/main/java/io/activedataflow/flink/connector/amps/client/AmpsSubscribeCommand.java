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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * A {@code subscribe} as it goes to the server.
 *
 * @param topic the topic or, where not literal, the regular expression, as sent
 * @param filter the content filter, or null for everything
 * @param bookmark the start in wire form (bookmark, list, time or range), or null for a
 *     subscription without replay
 * @param options the options, each as it stands in the option list, such as {@code timestamp}
 * @param completed whether to ask for the {@code completed} acknowledgement
 */
@Internal
public record AmpsSubscribeCommand(
        String topic,
        @Nullable String filter,
        @Nullable String bookmark,
        List<String> options,
        boolean completed) {

    public AmpsSubscribeCommand {
        Objects.requireNonNull(topic, "topic");
        options = List.copyOf(options);
    }
}
