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
 * An order as it is published to AMPS, in JSON, and as it is read from files.
 *
 * @param order its number
 * @param customer who has placed it
 */
public record PlacedOrder(long order, int customer) {

    static PlacedOrder of(long order) {
        return new PlacedOrder(order, Orders.customerOf(order));
    }

    String toJson() {
        return "{\"order\":" + order + ",\"customer\":" + customer + '}';
    }
}
