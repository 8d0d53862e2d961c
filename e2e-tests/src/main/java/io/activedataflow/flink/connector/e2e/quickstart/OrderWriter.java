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

/** Brings orders into one server. One thread at a time, but for {@link #written}. */
interface OrderWriter extends AutoCloseable {

    /**
     * Writes the orders before this one that are not in the server yet. Returns early while the
     * server is away.
     */
    void writeUpTo(long orders);

    /** How many orders the server has confirmed. Any thread. */
    long written();

    @Override
    void close();
}
