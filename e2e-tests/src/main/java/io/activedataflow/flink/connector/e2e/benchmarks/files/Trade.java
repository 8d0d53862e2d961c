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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A record of the benchmark, with columns of many kinds. */
@JsonPropertyOrder({
    "id",
    "time",
    "quantity",
    "side",
    "venue",
    "price",
    "urgent",
    "trader",
    "note",
    "discount"
})
public class Trade {
    public long id;
    public String time;
    public int quantity;
    public String side;
    public String venue;
    public double price;
    public boolean urgent;
    public String trader;
    public String note;
    public Double discount;
}
