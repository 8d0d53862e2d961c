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

// Uses the JavaScript client of AMPS against the stand-in server, as its users use it. The argument
// is the URI of the server, on which the topic 'replay' holds {"id":1} to {"id":3} and to which the
// user 'bob' with the password 'sesame' may log on. Ends with 0 if the server behaved as expected.
'use strict';

const assert = require('assert');
const { Client, Command, MemoryPublishStore } = require('amps');

// Whoever waits for what never comes ends without a verdict of its own.
process.exitCode = 1;

const uri = process.argv[2];
const TIMEOUT = 10000;

/** What a subscription was given, in the order of arrival. */
class Received {
    constructor() {
        this.messages = [];
        this.waiting = [];
    }

    handler() {
        return (message) => {
            this.messages.push(message);
            this.waiting.forEach((check) => check());
        };
    }

    /** Those messages that satisfy the condition, as soon as there are as many. */
    some(count, what, condition) {
        return new Promise((resolve, reject) => {
            const timer = setTimeout(
                () => reject(new Error(`Waited in vain for ${count} of ${what}; there are `
                    + JSON.stringify(this.messages.map((m) => [m.header.command(), m.data])))),
                TIMEOUT);
            const check = () => {
                const found = this.messages.filter(condition);
                if (found.length >= count) {
                    clearTimeout(timer);
                    resolve(found);
                }
            };
            this.waiting.push(check);
            check();
        });
    }

    data(count) {
        return this.some(count, 'messages', (message) => message.header.command() !== 'ack');
    }

    ack(type) {
        return this.some(1, `ack ${type}`, (message) =>
            message.header.command() === 'ack' && message.header.ackType() === type);
    }
}

async function connected(name, credentials) {
    const client = new Client(name);
    client.errorHandler((error) => fail(`${name}: ${error}`));
    await client.connect(uri.replace('://', `://${credentials || 'bob:sesame'}@`));
    return client;
}

async function until(condition, what) {
    const deadline = Date.now() + TIMEOUT;
    while (!condition()) {
        assert.ok(Date.now() < deadline, `Waited in vain for ${what}.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
}

const ids = (messages) => messages.map((message) => message.data.id);

async function logsOn() {
    const client = await connected('js-logon');
    assert.strictEqual(client.serverVersion(), '5.3.5.3');
    assert.match(client.nameHash(), /^\d+$/);
    await client.disconnect();
}

async function isRefusedWithAWrongPassword() {
    const client = new Client('js-stranger');
    await assert.rejects(client.connect(uri.replace('://', '://bob:wrong@')));
}

async function publishesAndSubscribes() {
    const client = await connected('js-plain');
    const received = new Received();
    await client.subscribe(received.handler(), 'plain', '/id > 1');
    client.publish('plain', { id: 1 });
    client.publish('plain', { id: 2, text: 'Grüße 😀 "quoted" \\' });
    client.publish('plain', { id: 3, text: 'x'.repeat(70000) });
    client.publish('plain', { id: 4, text: 'y'.repeat(200) });
    const messages = await received.data(3);
    assert.deepStrictEqual(ids(messages), [2, 3, 4]);
    assert.strictEqual(messages[0].data.text, 'Grüße 😀 "quoted" \\');
    assert.strictEqual(messages[1].data.text.length, 70000);
    assert.strictEqual(messages[0].header.topic(), 'plain');
    await client.disconnect();
}

async function replaysTheLogAndGoesOn() {
    const client = await connected('js-replay');
    const received = new Received();
    await client.execute(
        new Command('subscribe').topic('replay').bookmark(Client.Bookmarks.EPOCH)
            .ackType('completed').options('timestamp'),
        received.handler());
    const replayed = await received.data(3);
    await received.ack('completed');
    assert.deepStrictEqual(ids(replayed), [1, 2, 3]);
    replayed.forEach((message) => {
        assert.match(message.header.bookmark(), /^\d+\|\d+\|$/);
        assert.match(message.header.timestamp(), /^\d{8}T\d{6}\.\d{6}Z$/);
    });

    client.publish('replay', { id: 4 });
    assert.deepStrictEqual(ids(await received.data(4)), [1, 2, 3, 4]);
    const completed = received.messages.findIndex((m) => m.header.command() === 'ack'
        && m.header.ackType() === 'completed');
    assert.strictEqual(completed, 3, 'completed comes behind what is replayed');

    const again = new Received();
    await client.execute(
        new Command('subscribe').topic('replay').bookmark(replayed[1].header.bookmark()),
        again.handler());
    assert.deepStrictEqual(ids(await again.data(2)), [3, 4]);
    await client.disconnect();
}

async function isToldWhatIsPersisted() {
    const client = new Client('js-persisted');
    const store = new MemoryPublishStore();
    client.publishStore(store);
    client.failedWriteHandler((message, reason) => fail(`not written: ${reason}`));
    await client.connect(uri.replace('://', '://bob:sesame@'));
    client.publish('persisted', { id: 1 });
    client.publish('persisted', { id: 2 });
    assert.strictEqual(store.unpersistedCount(), 2);
    await client.flush('persisted');
    await until(() => store.unpersistedCount() === 0, 'acknowledgements of both messages');
    await client.disconnect();
}

async function staysConnectedWithHeartbeats() {
    // The client leaves out an answer if two heartbeats are a little closer than the interval. So it
    // may wait for long itself; the server has to bear twice the interval from the last answer on.
    const client = new Client('js-heartbeat').heartbeat(2, 20);
    let alive = true;
    client.errorHandler(() => { alive = false; });
    client.disconnectHandler(() => { alive = false; });
    await client.connect(uri.replace('://', '://bob:sesame@'));
    // Longer than the server bears silence: it was alive, so it sent heartbeats and was answered.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    assert.ok(alive, 'the connection was closed');
    const received = new Received();
    await client.subscribe(received.handler(), 'heartbeat');
    client.publish('heartbeat', { id: 1 });
    await received.data(1);
    await client.disconnect();
}

async function isToldOfErrors() {
    const client = await connected('js-errors');
    const none = () => fail('a refused subscription was given a message');
    await assert.rejects(client.subscribe(none, 'plain', '/id = = 1'), /bad filter/);
    await assert.rejects(client.subscribe(none, 'plain['), /bad regex topic/);
    await client.disconnect();
}

async function unsubscribes() {
    const client = await connected('js-unsubscribe');
    const received = new Received();
    const id = await client.subscribe(received.handler(), 'unsubscribe');
    client.publish('unsubscribe', { id: 1 });
    await received.data(1);
    await client.unsubscribe(id);
    client.publish('unsubscribe', { id: 2 });
    await client.flush();
    assert.deepStrictEqual(ids(received.messages), [1]);
    await client.disconnect();
}

function fail(problem) {
    console.error('FAILED', problem);
    process.exit(1);
}

async function main() {
    const checks = [logsOn, isRefusedWithAWrongPassword, publishesAndSubscribes,
        replaysTheLogAndGoesOn, isToldWhatIsPersisted, staysConnectedWithHeartbeats, isToldOfErrors, unsubscribes];
    for (const check of checks) {
        await check();
        console.log('passed', check.name);
    }
    process.exit(0);
}

setTimeout(() => fail('the time is over'), 90000).unref();
main().catch(fail);
