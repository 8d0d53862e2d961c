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

import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Commands and answers about the state of the world as texts with single quotes. */
final class SowTalk {

    private SowTalk() {}

    static String command(String fields) {
        return "{\"c\":" + fields.replace('\'', '"') + '}';
    }

    /** Sends a command and returns all up to its stats acknowledgement. */
    static List<String> ask(FrameSocket client, String fields) throws IOException {
        client.send(command(fields + ",'cid':'1','query_id':'1','a':'processed,completed,stats'"));
        return upTo(client, "\"a\":\"stats\"");
    }

    static List<String> upTo(FrameSocket client, String last) throws IOException {
        List<String> frames = new ArrayList<>();
        do {
            frames.add(client.receive().replace('"', '\''));
        } while (!frames.get(frames.size() - 1).contains(last.replace('"', '\''))
                && !frames.get(frames.size() - 1).contains("failure"));
        return frames;
    }
}
