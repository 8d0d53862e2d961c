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
 * What has become of the records of one source, by counting each.
 *
 * @param source the name of the source
 * @param in records in the server
 * @param out records that the job has committed
 * @param lost records in the server that are missing from the output
 * @param duplicated records in the output beyond those in the server
 * @param miscounted records in the output whose count, from Flink's state, is wrong
 */
record Verdict(String source, long in, long out, long lost, long duplicated, long miscounted) {

    static Verdict of(String source, OrderCounts input, CommittedOrders output) {
        return new Verdict(
                source,
                input.total(),
                output.orders().total(),
                input.surplusOver(output.orders()),
                output.orders().surplusOver(input),
                output.miscounted());
    }

    /** As above, for what is not counted in Flink's state. */
    static <T> Verdict of(String source, Tally<T> input, Tally<T> output) {
        return new Verdict(
                source,
                input.total(),
                output.total(),
                input.surplusOver(output),
                output.surplusOver(input),
                0);
    }

    /** Whether all is as it has to be; of nothing that is never the case. */
    boolean isExactlyOnce() {
        return in > 0 && in == out && lost == 0 && duplicated == 0 && miscounted == 0;
    }

    @Override
    public String toString() {
        return "in=" + in + " out=" + out + " lost=" + lost + " duplicated=" + duplicated;
    }
}
