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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.split.SowKeySet;

import org.apache.flink.annotation.Internal;

/** The keys of the records in a chunk, without making objects of them. Pure. */
@Internal
final class RecordKeys {

    private RecordKeys() {}

    /** Returns whether the key was not in the set before. */
    static boolean add(SowKeySet keys, MessageChunk chunk, int i) {
        return keys.add(chunk.topic(i), chunk.data(), chunk.sowKeyOffset(i), chunk.sowKeyLength(i));
    }

    static void remove(SowKeySet keys, MessageChunk chunk, int i) {
        keys.remove(chunk.topic(i), chunk.data(), chunk.sowKeyOffset(i), chunk.sowKeyLength(i));
    }

    /** Fails the job if a message has no key. */
    static void require(MessageChunk chunk, int i, String server) {
        if (chunk.sowKeyLength(i) < 0) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "A message of topic '"
                            + chunk.topic(i)
                            + "' came from "
                            + server
                            + " without the key of a record, so that it cannot be told which"
                            + " records were read. Check that the topic is in the state of the"
                            + " world (SOW) of the server and has a key, or read it with another"
                            + " setSubscriptionKind.",
                    null);
        }
    }
}
