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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.reader.OpenRequest.Purpose;

import org.apache.flink.annotation.Internal;

/** What is to become of a subscription after something of it has been taken. */
@Internal
sealed interface Step {

    /** To be read on; nothing new has come of it. */
    Step GO_ON = new ReadOn(false);

    /** To be read on; it has got on, so that whatever was in its way is over. */
    Step GOT_ON = new ReadOn(true);

    /** The split has been read to its end. */
    Step END = new End();

    record ReadOn(boolean gotOn) implements Step {}

    record End() implements Step {}

    /** Its messages are of no use: to be opened again, at once. */
    record OpenAgain(Purpose purpose) implements Step {}

    /** It came to nothing, as a failed attempt: to be opened again, later. */
    record TryAgain(AmpsException reason) implements Step {}

    /** As {@link TryAgain}, on the next server. */
    record TryElsewhere(AmpsException reason) implements Step {}
}
