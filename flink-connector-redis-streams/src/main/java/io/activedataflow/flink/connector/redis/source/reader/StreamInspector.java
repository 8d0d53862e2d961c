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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.source.reader.StreamObservation.Question;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a list of questions to the servers, one dead node not delaying it more than once. */
@Internal
final class StreamInspector {

    private StreamInspector() {}

    /**
     * The answer to a question.
     *
     * @param question the question
     * @param observation what was observed, or null
     * @param failure why nothing was, or null
     */
    record Answer(
            Question question,
            @Nullable StreamObservation observation,
            @Nullable RedisStreamsException failure) {}

    /** Asks; blocks. Control thread. */
    static List<Answer> inspect(
            RedisStreamsClient client, List<Question> questions, boolean refreshTopology) {
        if (refreshTopology) {
            client.refreshTopology();
        }
        Map<RedisNode, RedisStreamsException> unreachable = new HashMap<>();
        List<Answer> answers = new ArrayList<>(questions.size());
        for (Question question : questions) {
            RedisNode master = null;
            try {
                master = client.locate(question.streamKey(), false);
                RedisStreamsException known = unreachable.get(master);
                answers.add(
                        known == null
                                ? new Answer(
                                        question, StreamObservation.ask(client, question), null)
                                : new Answer(question, null, known));
            } catch (RedisStreamsException e) {
                answers.add(new Answer(question, null, e));
                if (master != null && e.isRetriable()) {
                    unreachable.put(master, e);
                }
            }
        }
        return answers;
    }
}
