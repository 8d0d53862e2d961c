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

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends what could not be read another way than what could. */
final class DeadLettersAside<T> extends ProcessFunction<Either<DeadLetter, T>, T> {

    private static final long serialVersionUID = 1L;

    private final OutputTag<DeadLetter> aside;

    DeadLettersAside(OutputTag<DeadLetter> aside) {
        this.aside = aside;
    }

    @Override
    public void processElement(Either<DeadLetter, T> record, Context context, Collector<T> out) {
        if (record.isRight()) {
            out.collect(record.right());
        } else {
            context.output(aside, record.left());
        }
    }
}
