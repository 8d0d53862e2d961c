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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One of the ways into the job: servers, what writes orders to them, and the source. */
interface Inlet extends AutoCloseable {

    /** The name of the source on screen and in the web UI. */
    String name();

    /**
     * What is going to happen here, as one line or several.
     *
     * @param orders how many there will be
     */
    String plan(String orders);

    /** What is going to break, as part of a sentence. */
    String plannedFault();

    /** Starts the servers. */
    void start();

    /** Where they can be reached, by what each is called. */
    Map<String, String> addresses();

    /** What writes to the servers; always the same. */
    OrderWriter writer();

    /** The numbers of the orders, as they come from the source. */
    DataStream<Long> read(StreamExecutionEnvironment env);

    /**
     * Breaks a server, and returns when it is back, if it is to come back.
     *
     * @param fault takes what breaks
     * @param back takes what has come back
     */
    void breakServer(Consumer<String> fault, Consumer<String> back) throws Exception;

    /** Whether the source is connected to a server that has not been broken. */
    boolean isReadAgain();

    /** What it means that orders are read again, without a restart of the job. */
    String survival();

    /** Counts what is in the servers; has nothing to do with the source or the writer. */
    OrderCounts stored();

    /** Where and how that was counted, as the end of a sentence. */
    String storedWhere();

    /**
     * Counts the broken records that are in the servers, and what the job has set aside; nothing
     * where no broken records are written.
     */
    default Optional<DeadLetters> deadLetters() {
        return Optional.empty();
    }

    @Override
    void close();
}
