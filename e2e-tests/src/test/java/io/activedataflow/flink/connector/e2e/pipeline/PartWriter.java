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

package io.activedataflow.flink.connector.e2e.pipeline;

/** Writes parts of orders to one of the sources. One thread at a time. */
public interface PartWriter extends AutoCloseable {

    /** Where it writes to. */
    Origin origin();

    /** How many orders it writes at a time. */
    int portion();

    /**
     * Writes the parts of some orders. All orders before them have been written. After a failure
     * some of them may have been written; called again with the same ones, it writes what is
     * missing, and nothing twice.
     *
     * @param from the first
     * @param to behind the last
     * @throws Exception if the server is away
     */
    void write(long from, long to) throws Exception;

    /**
     * Returns when everything written so far is safe in the server, for those that are not told so
     * at once.
     *
     * @throws Exception if the server is away, or cannot say so
     */
    default void confirm() throws Exception {}

    @Override
    void close();
}
