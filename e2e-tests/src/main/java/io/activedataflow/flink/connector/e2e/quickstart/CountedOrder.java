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

/**
 * An order as the job commits it.
 *
 * @param order its number
 * @param customer who has placed it
 * @param ordinal the how manieth of this customer it is, by the count in Flink's state
 */
public record CountedOrder(long order, int customer, long ordinal) {

    /** One line of the output, which {@link #parse} understands. */
    @Override
    public String toString() {
        return order + " " + customer + ' ' + ordinal;
    }

    static CountedOrder parse(String line) {
        String[] numbers = line.split(" ", -1);
        if (numbers.length != 3) {
            throw new IllegalArgumentException("Not a line of the output: '" + line + "'");
        }
        return new CountedOrder(
                Long.parseLong(numbers[0]),
                Integer.parseInt(numbers[1]),
                Long.parseLong(numbers[2]));
    }

    /** Whether state has counted exactly the orders that the customer had placed before. */
    boolean isCountedRight() {
        return customer == Orders.customerOf(order) && ordinal == Orders.ordinalOf(order);
    }
}
