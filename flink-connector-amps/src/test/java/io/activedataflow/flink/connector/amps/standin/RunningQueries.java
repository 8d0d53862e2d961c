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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The queries of one connection that are not answered to the end. Thread-safe. */
final class RunningQueries {

    private final List<SowSnapshot> running = new CopyOnWriteArrayList<>();

    void add(SowSnapshot query) {
        running.add(query);
    }

    void remove(SowSnapshot query) {
        running.remove(query);
    }

    /** Cancels the queries with an id. */
    void cancel(String queryId) {
        cancelIf(query -> queryId.equals(query.queryId()));
    }

    /** Cancels the queries that a subscription begins with. */
    void cancelOf(String subId) {
        cancelIf(query -> subId.equals(query.subId()));
    }

    /** Cancels the queries that any subscription begins with. */
    void cancelOfAll() {
        cancelIf(query -> query.subId() != null);
    }

    private void cancelIf(Predicate<SowSnapshot> condition) {
        running.stream().filter(condition).forEach(SowSnapshot::cancel);
    }
}
