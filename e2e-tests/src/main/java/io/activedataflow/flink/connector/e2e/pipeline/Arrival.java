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

/**
 * A part as it has arrived.
 *
 * @param part the part
 * @param expected the number that was its split's turn
 */
public record Arrival(OrderPart part, long expected) {

    /** Stands before the number that was expected instead. */
    public static final String DISORDER = "expected=";

    /** A line of comma-separated values; one more than usual where order is broken. */
    @Override
    public String toString() {
        String line =
                String.join(
                        ",",
                        part.source(),
                        part.split(),
                        Long.toString(part.number()),
                        Long.toString(part.order()),
                        part.customer(),
                        Long.toString(part.amount()),
                        Long.toString(part.time()));
        return part.number() == expected ? line : line + ',' + DISORDER + expected;
    }
}
