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

import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Topics, or the pattern of topics, known from the start; the server is not asked. */
@Internal
final class FixedSubscriber implements TopicSubscriber {

    private final SortedSet<AmpsTopic> topics;

    FixedSubscriber(Collection<AmpsTopic> topics) {
        this.topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    }

    @Override
    public SortedSet<AmpsTopic> discover() {
        return topics;
    }

    @Override
    public boolean canChange() {
        return false;
    }

    @Override
    public String servers() {
        return "no server";
    }
}
