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

package io.activedataflow.flink.connector.amps.standin;

import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import java.util.List;

/**
 * What a query has found.
 *
 * @param parts the records to return, topic by topic
 * @param matches how many records match, also if they are not returned
 * @param examined how many records were looked at
 */
record SowAnswer(List<Part> parts, long matches, long examined) {

    /** The records of one topic. */
    record Part(SowTopic topic, List<SowRecord> records) {}
}
