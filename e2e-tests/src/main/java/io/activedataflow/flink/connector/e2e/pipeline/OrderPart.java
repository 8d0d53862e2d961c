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
 * What one source knows of an order. Every order has one part in each source.
 *
 * @param source which of the three
 * @param split the stream, publisher or file
 * @param number of this part within the split, from 0 without gaps
 * @param order the order's number, which its parts have in common
 * @param customer who has placed the order; the same in all parts
 * @param amount this part's share of the order's amount
 * @param time milliseconds since the epoch; never falls within a split
 */
public record OrderPart(
        String source,
        String split,
        long number,
        long order,
        String customer,
        long amount,
        long time) {}
