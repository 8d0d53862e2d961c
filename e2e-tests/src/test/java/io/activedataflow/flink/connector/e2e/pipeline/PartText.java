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

/** Parts as text. */
final class PartText {

    /** What a CSV file begins with. */
    static final String CSV_HEADER = "source,split,number,order,customer,amount,time\n";

    private PartText() {}

    static String csv(OrderPart part) {
        // A part in its turn is written as it is.
        return new Arrival(part, part.number()).toString();
    }

    static String json(OrderPart part) {
        return "{\"source\":\""
                + part.source()
                + "\",\"split\":\""
                + part.split()
                + "\",\"number\":"
                + part.number()
                + ",\"order\":"
                + part.order()
                + ",\"customer\":\""
                + part.customer()
                + "\",\"amount\":"
                + part.amount()
                + ",\"time\":"
                + part.time()
                + '}';
    }
}
